//! How single values are laid out. In: values, or bytes that nobody vouches for. Out: bytes; or values, or the place of the
//! first byte that no writer writes.
//!
//! Each value has one form only: what can be read is written back as the same bytes.

use super::PlanFileError;
use crate::{Date, Decimal, MonthDay};

/// Alternatives within alternatives: a condition nests 200 deep at most, and the expressions in it 64.
const NESTING: u32 = 300;
/// Bytes of a whole number.
const LONGEST: u32 = 10;

/// Something that has a form in bytes.
pub(super) trait Layout: Sized {
    /// Writes it.
    fn write(&self, out: &mut Writer);
    /// Reads it.
    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError>;
}

/// Bytes as they are written.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A whole number: seven bits a byte, the lowest first; every byte but the last has its high bit set.
    fn whole(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Whole numbers with a sign: 0, -1, 1, -2, … are written as 0, 1, 2, 3, …
    fn signed(&mut self, number: i64) {
        self.whole((number << 1 ^ number >> 63) as u64);
    }

    pub(super) fn count(&mut self, count: usize) {
        self.whole(count as u64);
    }
}

/// Bytes as they are read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// What is left.
    rest: &'a [u8],
    /// The place of what is left.
    at: usize,
    /// Alternatives that are open.
    depth: u32,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            at: 0,
            depth: 0,
        }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Lets the bytes end at a place.
    pub(super) fn end_at(&mut self, place: usize) {
        let left = place.saturating_sub(self.at);
        self.rest = self.rest.get(..left).unwrap_or(self.rest);
    }

    pub(super) const fn impossible<T>(&self, what: &'static str) -> Result<T, PlanFileError> {
        Err(PlanFileError::Impossible { at: self.at, what })
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], PlanFileError> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            return self.impossible("more follows than there is");
        };
        self.rest = rest;
        self.at += count;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, PlanFileError> {
        match self.take(1)? {
            [byte] => Ok(*byte),
            _ => self.impossible("more follows than there is"),
        }
    }

    fn whole(&mut self) -> Result<u64, PlanFileError> {
        let mut number = 0;
        for place in 0..LONGEST {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if place == LONGEST - 1 && bits > 1 {
                break;
            }
            number |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return if byte == 0 && place > 0 {
                    self.impossible("a number is written in more bytes than it needs")
                } else {
                    Ok(number)
                };
            }
        }
        self.impossible("a number is too large")
    }

    /// A whole number of fewer bits.
    fn fitting<T: TryFrom<u64>>(&mut self) -> Result<T, PlanFileError> {
        let number = self.whole()?;
        T::try_from(number).or_else(|_| self.impossible("a number is too large"))
    }

    fn signed(&mut self) -> Result<i64, PlanFileError> {
        let number = self.whole()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of bytes, whether there are so many or not.
    pub(super) fn length(&mut self) -> Result<usize, PlanFileError> {
        self.fitting()
    }

    /// A number of things, of which each takes a byte at least.
    fn count(&mut self) -> Result<usize, PlanFileError> {
        let count = self.length()?;
        if count > self.rest.len() {
            return self.impossible("more follows than there is");
        }
        Ok(count)
    }

    /// Reads one of several alternatives.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, PlanFileError>,
    ) -> Result<T, PlanFileError> {
        if self.depth >= NESTING {
            return self.impossible("something is nested too deeply");
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Nothing is left.
    pub(super) const fn finish(&self) -> Result<(), PlanFileError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            self.impossible("the plan has ended, and something follows")
        }
    }
}

impl Layout for bool {
    fn write(&self, out: &mut Writer) {
        out.raw(&[u8::from(*self)]);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        match from.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => from.impossible("neither yes nor no"),
        }
    }
}

impl Layout for u16 {
    fn write(&self, out: &mut Writer) {
        out.whole(u64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        from.fitting()
    }
}

impl Layout for u32 {
    fn write(&self, out: &mut Writer) {
        out.whole(u64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        from.fitting()
    }
}

impl Layout for i32 {
    fn write(&self, out: &mut Writer) {
        out.signed(i64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let number = from.signed()?;
        Self::try_from(number).or_else(|_| from.impossible("a number is too large"))
    }
}

/// The bytes of a hash.
impl Layout for [u8; 32] {
    fn write(&self, out: &mut Writer) {
        out.raw(self);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let bytes = from.take(32)?;
        Self::try_from(bytes).or_else(|_| from.impossible("more follows than there is"))
    }
}

/// In millionths.
impl Layout for Decimal {
    fn write(&self, out: &mut Writer) {
        out.signed(self.micros());
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let micros = from.signed()?;
        Self::from_micros(micros).map_or_else(|| from.impossible("a number is too large"), Ok)
    }
}

/// Days since 1970-01-01.
impl Layout for Date {
    fn write(&self, out: &mut Writer) {
        self.days().write(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let days = Layout::read(from)?;
        Self::from_days(days).map_or_else(|| from.impossible("there is no such day"), Ok)
    }
}

/// The month, then the day.
impl Layout for MonthDay {
    fn write(&self, out: &mut Writer) {
        let (month, day) = self.parts();
        out.raw(&[month, day]);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let (month, day) = (from.byte()?, from.byte()?);
        Self::new(month, day).map_or_else(|| from.impossible("there is no such day"), Ok)
    }
}

/// The number of its bytes, then those.
impl Layout for String {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        out.raw(self.as_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let length = from.count()?;
        let bytes = from.take(length)?;
        std::str::from_utf8(bytes)
            .map(str::to_owned)
            .or_else(|_| from.impossible("a text is not UTF-8"))
    }
}

/// 0, or 1 and the value.
impl<T: Layout> Layout for Option<T> {
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        bool::read(from)?.then(|| T::read(from)).transpose()
    }
}

/// How many, then one after the other.
impl<T: Layout> Layout for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        for value in self {
            value.write(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        let count = from.count()?;
        // Grows with what is really there, whatever the count says.
        let mut values = Self::new();
        for _ in 0..count {
            values.push(T::read(from)?);
        }
        values.shrink_to_fit();
        Ok(values)
    }
}

impl<T: Layout> Layout for Box<T> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        T::read(from).map(Self::new)
    }
}

/// The one, then the other.
impl<A: Layout, B: Layout> Layout for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, PlanFileError> {
        Ok((A::read(from)?, B::read(from)?))
    }
}

//! How single values are laid out. In: values, or bytes that nobody vouches for. Out: bytes; or values, or the place of the
//! first byte that no writer writes.
//!
//! Each value has one form only: what can be read is written back as the same bytes.
//!
//! A reader that comes upon a fault notes it and reads nothing but zeros from there on, and whoever reads asks at the end.
//! Asking after each value would more than double the code, which browsers load.

use crate::{Date, Decimal, MonthDay};

/// Alternatives within alternatives: a condition nests 200 deep at most, and the expressions in it 64.
const NESTING: u32 = 300;
/// Bytes of a whole number.
const LONGEST: u32 = 10;

/// Something that has a form in bytes.
pub(super) trait Layout: Sized {
    /// Writes it.
    fn write(&self, out: &mut Writer);
    /// Reads it; anything, if the reader has come upon a fault.
    fn read(from: &mut Reader<'_>) -> Self;
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
    /// The first fault.
    fault: Option<Fault>,
    /// The format they are written in.
    format: u32,
}

/// The place of a byte that no writer writes, and why it does not.
pub(super) type Fault = (usize, &'static str);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            at: 0,
            depth: 0,
            fault: None,
            format: super::FORMAT,
        }
    }

    pub(super) const fn format(&self) -> u32 {
        self.format
    }

    /// Takes what follows for bytes of a format.
    pub(super) const fn of_format(&mut self, format: u32) {
        self.format = format;
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Lets the bytes end at a place.
    pub(super) fn end_at(&mut self, place: usize) {
        let left = place.saturating_sub(self.at);
        self.rest = self.rest.get(..left).unwrap_or(self.rest);
    }

    /// Notes a fault; nothing is left after the first.
    #[cold]
    pub(super) fn impossible(&mut self, what: &'static str) {
        if self.fault.is_none() {
            self.fault = Some((self.at, what));
            self.rest = &[];
        }
    }

    pub(super) fn take(&mut self, count: usize) -> &'a [u8] {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            self.impossible("more follows than there is");
            return &[];
        };
        self.rest = rest;
        self.at += count;
        taken
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    fn whole(&mut self) -> u64 {
        let mut number = 0;
        for place in 0..LONGEST {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7f);
            if place == LONGEST - 1 && bits > 1 {
                break;
            }
            number |= bits << (7 * place);
            if byte & 0x80 == 0 {
                if byte == 0 && place > 0 {
                    self.impossible("a number is written in more bytes than it needs");
                }
                return number;
            }
        }
        self.impossible("a number is too large");
        0
    }

    /// What a value is turned into, or else why it is none.
    fn known<T>(&mut self, value: Option<T>, what: &'static str, otherwise: T) -> T {
        value.unwrap_or_else(|| {
            self.impossible(what);
            otherwise
        })
    }

    /// A whole number of fewer bits.
    fn fitting<T: TryFrom<u64> + Default>(&mut self) -> T {
        let number = T::try_from(self.whole()).ok();
        self.known(number, "a number is too large", T::default())
    }

    fn signed(&mut self) -> i64 {
        let number = self.whole();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    /// A number of bytes, whether there are so many or not.
    pub(super) fn length(&mut self) -> usize {
        // A number beyond a machine word is more than there is, also where words are short.
        usize::try_from(self.whole()).unwrap_or(usize::MAX)
    }

    /// A number of things, of which each takes a byte at least.
    fn count(&mut self) -> usize {
        let count = self.length();
        if count > self.rest.len() {
            self.impossible("more follows than there is");
            return 0;
        }
        count
    }

    /// Reads the number of an alternative, then what follows it. The alternatives numbered 0 hold no others within them, so
    /// that zeros come to an end.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self, u8) -> T) -> T {
        if self.depth >= NESTING {
            self.impossible("something is nested too deeply");
        }
        self.depth += 1;
        let number = self.byte();
        let read = read(self, number);
        self.depth -= 1;
        read
    }

    /// Nothing is left, and nothing was wrong.
    pub(super) fn finish(mut self) -> Result<(), Fault> {
        if !self.rest.is_empty() {
            self.impossible("the plan has ended, and something follows");
        }
        self.sound()
    }

    /// Nothing was wrong so far.
    pub(super) fn sound(&self) -> Result<(), Fault> {
        self.fault.map_or(Ok(()), Err)
    }
}

impl Layout for bool {
    fn write(&self, out: &mut Writer) {
        out.raw(&[u8::from(*self)]);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let byte = from.byte();
        if byte > 1 {
            from.impossible("neither yes nor no");
        }
        byte == 1
    }
}

impl Layout for u16 {
    fn write(&self, out: &mut Writer) {
        out.whole(u64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.fitting()
    }
}

impl Layout for u32 {
    fn write(&self, out: &mut Writer) {
        out.whole(u64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.fitting()
    }
}

impl Layout for i32 {
    fn write(&self, out: &mut Writer) {
        out.signed(i64::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = Self::try_from(from.signed()).ok();
        from.known(number, "a number is too large", 0)
    }
}

/// The bytes of a hash.
impl Layout for [u8; 32] {
    fn write(&self, out: &mut Writer) {
        out.raw(self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::try_from(from.take(32)).unwrap_or_default()
    }
}

/// In millionths.
impl Layout for Decimal {
    fn write(&self, out: &mut Writer) {
        out.signed(self.micros());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = Self::from_micros(from.signed());
        from.known(number, "a number is too large", Self::ZERO)
    }
}

/// Days since 1970-01-01.
impl Layout for Date {
    fn write(&self, out: &mut Writer) {
        self.days().write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let date = Self::from_days(Layout::read(from));
        from.known(date, "there is no such day", Self::MIN)
    }
}

/// The month, then the day.
impl Layout for MonthDay {
    fn write(&self, out: &mut Writer) {
        let (month, day) = self.parts();
        out.raw(&[month, day]);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let (month, day) = (from.byte(), from.byte());
        from.known(Self::new(month, day), "there is no such day", Self::FIRST)
    }
}

/// The number of its bytes, then those.
impl Layout for String {
    fn write(&self, out: &mut Writer) {
        out.count(self.len());
        out.raw(self.as_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let length = from.count();
        let text = std::str::from_utf8(from.take(length)).ok();
        from.known(text, "a text is not UTF-8", "").to_owned()
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

    fn read(from: &mut Reader<'_>) -> Self {
        bool::read(from).then(|| T::read(from))
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

    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.count();
        // Grows with what is really there, whatever the count says.
        let mut values = Self::new();
        for _ in 0..count {
            if from.fault.is_some() {
                break;
            }
            values.push(T::read(from));
        }
        values.shrink_to_fit();
        values
    }
}

impl<T: Layout> Layout for Box<T> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::new(T::read(from))
    }
}

/// The one, then the other.
impl<A: Layout, B: Layout> Layout for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }
}

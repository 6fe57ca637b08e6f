//! The kinds of messages: the text of one in; a request, a notification or an answer out, and the answers written here.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a client calls a request: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(Value);

/// A message from the client.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// Wants an answer.
    Request {
        /// What it is called.
        id: Id,
        /// What is asked.
        method: String,
        /// About what.
        params: Value,
    },
    /// Wants none.
    Notification {
        /// What happened.
        method: String,
        /// To what.
        params: Value,
    },
    /// Answers something that was asked here.
    Answer,
}

/// Why something is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: i32,
    why: String,
}

impl Refusal {
    /// It is no JSON.
    pub const PARSE: i32 = -32700;
    /// It is no message.
    pub const INVALID: i32 = -32600;
    const METHOD: i32 = -32601;
    const PARAMS: i32 = -32602;
    const INTERNAL: i32 = -32603;
    /// The server is not initialized.
    pub const TOO_EARLY: i32 = -32002;
    const CANCELLED: i32 = -32800;
    const FAILED: i32 = -32803;

    /// With a code of the protocol.
    pub fn new(code: i32, why: impl Into<String>) -> Self {
        Self {
            code,
            why: why.into(),
        }
    }

    /// It was asked rightly and cannot be done; a sentence for people.
    pub fn failed(why: impl Into<String>) -> Self {
        Self::new(Self::FAILED, why)
    }

    /// What is asked about is not what the protocol says, or is nowhere.
    pub fn params(why: impl Into<String>) -> Self {
        Self::new(Self::PARAMS, why)
    }

    /// Nobody wants it any more.
    pub fn cancelled() -> Self {
        Self::new(Self::CANCELLED, "it was cancelled")
    }

    /// There is a mistake in the server.
    pub fn internal() -> Self {
        Self::new(
            Self::INTERNAL,
            "there is a mistake in milepost; please report it",
        )
    }

    /// The server does not know the method.
    pub fn method(method: &str) -> Self {
        Self::new(Self::METHOD, format!("`{method}` is not known here"))
    }
}

impl Incoming {
    /// A message, or why it is none.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut message: Value = serde_json::from_str(text)
            .map_err(|error| Refusal::new(Refusal::PARSE, error.to_string()))?;
        let mut take = |key: &str| message.get_mut(key).map(Value::take);
        let (id, method) = (take("id"), take("method"));
        let params = take("params").unwrap_or(Value::Null);
        match (id, method) {
            (None | Some(Value::Null), Some(Value::String(method))) => {
                Ok(Self::Notification { method, params })
            }
            (Some(id @ (Value::Number(_) | Value::String(_))), Some(Value::String(method))) => {
                let id = Id(id);
                Ok(Self::Request { id, method, params })
            }
            (Some(_), None) => Ok(Self::Answer),
            _ => Err(Refusal::new(
                Refusal::INVALID,
                "a message is an object with a `method`, an `id`, or both",
            )),
        }
    }

    /// The request that a notification cancels.
    pub fn cancels(&self) -> Option<Id> {
        match self {
            Self::Notification { method, params } if method == "$/cancelRequest" => {
                params.get("id").cloned().map(Id)
            }
            _ => None,
        }
    }
}

/// What a message is about, in the shape that the protocol gives it.
pub fn params<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    // Where nothing is needed, some clients send an empty object and some nothing.
    let params = if params.is_null() { json!({}) } else { params };
    serde_json::from_value(params).map_err(|error| Refusal::params(error.to_string()))
}

/// An answer; nothing is known of whom it is for if the message could not be read.
pub fn answer(id: Option<&Id>, answer: Result<Value, Refusal>) -> Value {
    let id = id.map_or(Value::Null, |id| id.0.clone());
    match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(Refusal { code, why }) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": why } })
        }
    }
}

/// Something the client is told.
pub fn notification(method: &str, params: &impl Serialize) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// Something the client is asked.
pub fn request(id: &str, method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart() {
        let parse = |text| Incoming::parse(text);
        let request = parse(r#"{"id":1,"method":"a","params":[2]}"#).unwrap();
        assert_eq!(
            request,
            Incoming::Request {
                id: Id(json!(1)),
                method: "a".into(),
                params: json!([2])
            }
        );
        let cancel = parse(r#"{"method":"$/cancelRequest","params":{"id":"x"}}"#).unwrap();
        assert_eq!(cancel.cancels(), Some(Id(json!("x"))));
        assert_eq!(parse(r#"{"id":1,"result":null}"#), Ok(Incoming::Answer));
        for wrong in [
            "[]",
            "7",
            "{}",
            r#"{"method":7}"#,
            r#"{"id":[],"method":"a"}"#,
        ] {
            assert_eq!(parse(wrong).unwrap_err().code, Refusal::INVALID, "{wrong}");
        }
        let deep = "[".repeat(100_000);
        for wrong in ["", "{", "nul", &deep] {
            assert_eq!(parse(wrong).unwrap_err().code, Refusal::PARSE);
        }
    }
}

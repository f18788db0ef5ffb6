//! What every handler shares: the school, the words, and how the box is reached.

use crate::translator::Translator;
use chalkbox_service::Chalkbox;
use std::sync::{Arc, RwLock};

/// Shared by all handlers; built once by the binary.
pub struct WebState {
    /// The school.
    pub chalkbox: Arc<Chalkbox>,
    /// The words of the pages.
    pub translator: Arc<Translator>,
    addresses: RwLock<Reach>,
}

/// How the box is reached, as its network room found out.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Name on the network, such as `chalkbox.local`; none while it is not announced.
    pub host_name: Option<String>,
    /// Addresses to type, the surest first.
    pub addresses: Vec<String>,
}

impl WebState {
    /// Puts the parts together.
    pub fn new(chalkbox: Arc<Chalkbox>, translator: Arc<Translator>) -> Self {
        Self { chalkbox, translator, addresses: RwLock::default() }
    }

    /// Notes how the box is reached; called again when that changes.
    pub fn set_reach(&self, reach: Reach) {
        *self.addresses.write().unwrap_or_else(std::sync::PoisonError::into_inner) = reach;
    }

    /// How the box is reached.
    pub fn reach(&self) -> Reach {
        self.addresses.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The box's name on the network; none while it is not announced.
    pub fn host_name(&self) -> Option<String> {
        self.reach().host_name
    }
}

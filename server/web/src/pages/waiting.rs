//! What a tablet still holds: its script names the items whose answers wait there. Nobody need be signed in for it: the seal
//! of an item says whose it is, and nothing is told back.

use crate::body::Body;
use crate::error::WebError;
use crate::guard::{Anyone, Guarded};
use actix_web::HttpResponse;
use chalkbox_domain::ids::ClientId;
use serde::Deserialize;

/// Items whose answers wait on a device.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldItems {
    /// A name that the device made up for itself; without one nothing that was told before is replaced.
    #[serde(default)]
    tablet: Option<ClientId>,
    items: Vec<String>,
}

/// Notes what waits.
pub async fn tell(door: Guarded<Anyone>, held: Body<HeldItems>) -> Result<HttpResponse, WebError> {
    door.run(move |c, _| -> Result<(), WebError> {
        c.note_waiting(held.0.tablet, &held.0.items);
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

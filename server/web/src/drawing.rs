//! Every picture of the box, drawn as small SVG on the server: icons, faces, plants, hills, the map, and the figures of
//! mathematics. Pure: equal input gives equal bytes. No page, no rule and no words of its own live here (C2.1, C7).

pub mod class_pictures;
pub mod code_pictures;
pub mod faces;
pub mod figures;
pub mod icons;
pub mod landscape;
pub mod map;
pub mod markup;
pub mod pictures;
pub mod plants;
pub mod qr;
pub mod road;
pub mod sprite;

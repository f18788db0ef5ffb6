//! The programs' door: `/api/v1`, described in `docs/http-api.md` and served as OpenAPI from the handlers' own types.

pub mod v1;

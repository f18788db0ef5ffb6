//! The addresses that people can use to reach the box: the name first, then the numbers of its interfaces.
//!
//! Old tablets do not know `.local` names, so a number is always among them while there is any network. Never decides what
//! the box listens on.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// An interface with its IPv4 address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The system's name for it, `eth0`.
    pub name: String,
    /// Its address. One interface may stand several times with different ones.
    pub address: Ipv4Addr,
}

/// What kind of address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// `http://chalkbox.local`: easy to say, unknown to old tablets.
    Name,
    /// `http://192.168.1.20:8080`: works everywhere, may change with the network.
    Number,
    /// `http://localhost:8080`: on this machine only.
    ThisMachineOnly,
}

/// One address that a person can type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// With `http://`, and the port unless it is 80.
    pub url: String,
    /// What kind it is.
    pub kind: AddressKind,
}

/// The addresses could not be read from the system.
#[derive(Debug, thiserror::Error)]
#[error("the system does not tell its network addresses")]
pub struct AddressError(#[source] std::io::Error);

/// The interfaces that are up and lead to other machines.
///
/// # Errors
/// When the system does not tell them.
pub fn interfaces() -> Result<Vec<Interface>, AddressError> {
    let all = if_addrs::get_if_addrs().map_err(AddressError)?;
    Ok(all
        .into_iter()
        .filter(|interface| !interface.is_loopback())
        .filter_map(|interface| match interface.ip() {
            IpAddr::V4(address) => Some(Interface { name: interface.name, address }),
            IpAddr::V6(_) => None,
        })
        .collect())
}

/// The addresses under which a box that listens on `listen` can be reached, best to say first.
/// `host_name` is the announced one (`chalkbox.local`), if any.
///
/// # Errors
/// When the system does not tell its interfaces.
pub fn addresses(listen: SocketAddr, host_name: Option<&str>) -> Result<Vec<Address>, AddressError> {
    Ok(reachable(listen, host_name, &interfaces()?))
}

/// The address for a QR code: a number, because phones that read codes need not know names; otherwise the first.
pub fn for_code(addresses: &[Address]) -> Option<&Address> {
    addresses.iter().find(|address| address.kind == AddressKind::Number).or_else(|| addresses.first())
}

fn reachable(listen: SocketAddr, host_name: Option<&str>, interfaces: &[Interface]) -> Vec<Address> {
    let url = |host: &str, kind| {
        let port = match listen.port() {
            80 => String::new(),
            port => format!(":{port}"),
        };
        Address { url: format!("http://{host}{port}"), kind }
    };
    if listen.ip().is_loopback() {
        return vec![url("localhost", AddressKind::ThisMachineOnly)];
    }
    let mut numbers: Vec<&Interface> = interfaces
        .iter()
        .filter(|interface| listen.ip().is_unspecified() || listen.ip() == IpAddr::V4(interface.address))
        .collect();
    numbers.sort_by_key(|interface| (remoteness(interface), interface.address));
    numbers.dedup_by_key(|interface| interface.address);
    if numbers.is_empty() {
        return match listen.ip() {
            IpAddr::V6(address) if !address.is_unspecified() => vec![url(&format!("[{address}]"), AddressKind::Number)],
            _ => vec![url("localhost", AddressKind::ThisMachineOnly)],
        };
    }
    let name = host_name.map(|name| url(name, AddressKind::Name));
    let numbers = numbers.into_iter().map(|interface| url(&interface.address.to_string(), AddressKind::Number));
    name.into_iter().chain(numbers).collect()
}

/// How unlikely it is that a tablet is on the other side: private networks first, then public ones, then addresses that
/// a machine gave itself, and last the networks inside this machine (containers).
fn remoteness(interface: &Interface) -> u8 {
    const INSIDE: &[&str] = &["docker", "br-", "veth", "virbr", "cni", "lxc"];
    if INSIDE.iter().any(|start| interface.name.starts_with(start)) {
        3
    } else if interface.address.is_link_local() {
        2
    } else {
        u8::from(!interface.address.is_private())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(listen: &str, host_name: Option<&str>, interfaces: &[(&str, [u8; 4])], expected: &[&str]) {
        let interfaces: Vec<Interface> = interfaces
            .iter()
            .map(|(name, address)| Interface { name: (*name).to_owned(), address: (*address).into() })
            .collect();
        let urls: Vec<String> =
            reachable(listen.parse().unwrap(), host_name, &interfaces).into_iter().map(|address| address.url).collect();
        assert_eq!(urls, expected, "{listen} {host_name:?}");
    }

    const NAME: Option<&str> = Some("chalkbox.local");
    const WIFI: (&str, [u8; 4]) = ("wlan0", [192, 168, 1, 20]);
    const BRIDGE: (&str, [u8; 4]) = ("docker0", [172, 17, 0, 1]);
    const SELF_GIVEN: (&str, [u8; 4]) = ("eth0", [169, 254, 3, 4]);

    #[test]
    fn the_name_comes_first_and_then_the_likely_numbers() {
        let all = [BRIDGE, SELF_GIVEN, WIFI];
        let expected = [
            "http://chalkbox.local:8080",
            "http://192.168.1.20:8080",
            "http://169.254.3.4:8080",
            "http://172.17.0.1:8080",
        ];
        check("0.0.0.0:8080", NAME, &all, &expected);
        check("0.0.0.0:8080", None, &all, &expected[1..]);
        check("[::]:8080", NAME, &[WIFI], &expected[..2]);
    }

    #[test]
    fn port_80_is_not_said() {
        check("0.0.0.0:80", NAME, &[WIFI], &["http://chalkbox.local", "http://192.168.1.20"]);
    }

    #[test]
    fn only_what_is_listened_on_is_offered() {
        check("192.168.1.20:80", None, &[WIFI, BRIDGE], &["http://192.168.1.20"]);
        check("127.0.0.1:8080", NAME, &[WIFI], &["http://localhost:8080"]);
        check("[::1]:8080", NAME, &[WIFI], &["http://localhost:8080"]);
        check("[fd00::7]:8080", NAME, &[], &["http://[fd00::7]:8080"]);
    }

    #[test]
    fn without_a_network_there_is_still_this_machine() {
        check("0.0.0.0:8080", NAME, &[], &["http://localhost:8080"]);
    }

    #[test]
    fn a_code_holds_a_number_where_there_is_one() {
        let name = Address { url: "http://chalkbox.local".into(), kind: AddressKind::Name };
        let number = Address { url: "http://10.42.0.1".into(), kind: AddressKind::Number };
        assert_eq!(for_code(&[name.clone(), number.clone()]), Some(&number));
        assert_eq!(for_code(std::slice::from_ref(&name)), Some(&name));
        assert_eq!(for_code(&[]), None);
    }

    #[test]
    fn the_system_tells_its_interfaces_without_loopback() {
        assert!(interfaces().unwrap().iter().all(|interface| !interface.address.is_loopback()));
    }
}

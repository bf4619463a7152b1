namespace UcSdk;

/// <summary>
/// Tells when this computer's network addresses change: a cable is pulled, a wireless network is left, a tunnel goes up. Implement it where the platform knows
/// better than <see cref="SystemNetworkChanges"/>, or in tests.
/// </summary>
public interface INetworkChanges
{
    /// <summary>Calls back after every change, on any thread, until the result is disposed. The callback returns at once and throws nothing.</summary>
    IDisposable Watch(Action changed);

    /// <summary>Whether a connection from that address can still live.</summary>
    /// <param name="host">The local side of a connection (<see cref="Sip.SipFlow.Local"/>): an address, IPv6 in brackets, or a name on a network in memory.</param>
    /// <returns>False only where the address is known to be this computer's no more.</returns>
    bool HasAddress(string host);
}

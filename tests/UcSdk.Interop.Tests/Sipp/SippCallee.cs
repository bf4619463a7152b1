using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>A SIPp that waits to be called.</summary>
internal sealed class SippCallee(PeerProcess process, string scenario, SipTransportAddress address) : IAsyncDisposable
{
    public SipTransportAddress Address => address;

    public SipUri Uri => SipUri.Parse($"sip:callee@{address.Host}:{address.Port};transport={address.Transport.ToLowerInvariant()}");

    /// <summary>Waits for the end of the scenario; anything but success fails the test.</summary>
    public Task ExpectSuccessAsync(CancellationToken cancellationToken) => SippProgram.ExpectSuccessAsync(process, scenario, cancellationToken);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}

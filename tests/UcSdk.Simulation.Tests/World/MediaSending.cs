using System.Globalization;
using System.Net;

namespace UcSdk.Simulation.Tests;

/// <summary>One datagram that was sent, told by its hash.</summary>
internal sealed record MediaSending(TimeSpan Time, IPEndPoint From, IPEndPoint To, int Length, string Hash)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:c} {From} → {To} {Length} {Hash}");
}

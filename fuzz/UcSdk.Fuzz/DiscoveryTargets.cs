using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>The target of the discovery: what a server that nobody knows yet may answer.</summary>
internal static class DiscoveryTargets
{
    private static readonly DocumentLimits Small = new() { MaxBytes = 4096, MaxDepth = 4, MaxElements = 8, MaxTextLength = 64 };

    public static readonly FuzzTarget Discovery = new("discovery", "discovery", Run);

    private static void Run(byte[] input, RandomSource random)
    {
        var isAllowed = AutodiscoverResponse.TryRead(input, out _, out _, Small);
        if (!AutodiscoverResponse.TryRead(input, out var response, out var why))
        {
            FuzzFinding.Require(!why.IsNone, "a document that is refused says why");
            FuzzFinding.Require(!isAllowed, "what fits narrow limits fits wide ones");
            return;
        }

        FuzzFinding.Require(AutodiscoverResponse.TryRead(response.ToBytes(), out var again, out var error), $"a document that was written can be read: {error}");
        FuzzFinding.Require(again!.Resource.Links.Count == response.Resource.Links.Count, "no link is lost or made");
        FuzzFinding.Require(
            again.Resource.SipClientExternalAccess?.Port == response.Resource.SipClientExternalAccess?.Port
                && again.Resource.SipClientInternalAccess?.Fqdn == response.Resource.SipClientInternalAccess?.Fqdn,
            "what is written about servers is what was read");
    }
}

using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>One piece of a request to publish.</summary>
/// <param name="Key">What is published.</param>
/// <param name="Version">The version that the publisher knows; 0 for none.</param>
/// <param name="ExpireType">How long it lives.</param>
/// <param name="Expires">For <see cref="PresenceExpireType.Time"/>, the life; zero takes the publication away, whatever its life.</param>
/// <param name="Content">What is published; null for nothing.</param>
internal sealed record PublicationRequest(PublicationKey Key, uint Version, PresenceExpireType ExpireType, TimeSpan? Expires, DocumentElement? Content)
{
    public bool IsRemoval => Expires == TimeSpan.Zero;
}

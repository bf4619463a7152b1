using System.Globalization;

namespace UcSdk;

/// <summary>The numbers of the instances that one endpoint publishes, derived from its epid, so that no two endpoints of a user take the same.</summary>
/// <param name="Device">What the endpoint is.</param>
/// <param name="Machine">Whether it is used.</param>
internal sealed record PublicationInstances(uint Device, uint Machine)
{
    /// <summary>What the user has chosen: one for all endpoints.</summary>
    public const uint User = 0x20000000;

    /// <summary>The user's own note.</summary>
    public const uint Note = 0;

    /// <summary>Where calls go.</summary>
    public const uint Routing = 0;

    /// <summary>The part of the contact card that the user writes; the directory's parts have smaller numbers.</summary>
    public const uint Card = 5;

    /// <summary>The numbers of an endpoint.</summary>
    /// <param name="epid">1 to 16 hexadecimal digits; the first eight count.</param>
    public static PublicationInstances Of(string epid)
    {
        var number = uint.Parse(epid.AsSpan(0, Math.Min(8, epid.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new(number, (number >> 4) | 0x30000000);
    }
}

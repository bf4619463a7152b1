using System.Globalization;

namespace UcSdk.Documents;

/// <summary>A colour of text.</summary>
/// <param name="Red">Its red, 0 to 255.</param>
/// <param name="Green">Its green, 0 to 255.</param>
/// <param name="Blue">Its blue, 0 to 255.</param>
public readonly record struct TextColor(byte Red, byte Green, byte Blue)
{
    /// <summary>As HTML writes it, e.g. <c>#ff8000</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");
}

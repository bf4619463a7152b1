using System.Text;

namespace UcSdk.Documents;

/// <summary>A field of RTF: of its instructions only HYPERLINK is understood (RTF 1.9.1, Fields).</summary>
internal sealed class RtfField
{
    private const string Hyperlink = "HYPERLINK";

    public StringBuilder Instruction { get; } = new();

    /// <summary>Where the field leads; null for nowhere, or to where no link may lead.</summary>
    public string? Link
    {
        get
        {
            var text = Instruction.ToString().AsSpan().Trim();
            if (!text.StartsWith(Hyperlink, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            text = text[Hyperlink.Length..].TrimStart();
            if (text.StartsWith("\"", StringComparison.Ordinal))
            {
                var end = text[1..].IndexOf('"');
                return SafeLink.Of((end < 0 ? text[1..] : text.Slice(1, end)).ToString());
            }

            // A switch in the first place leads into the document itself.
            var blank = text.IndexOfAny(' ', '\t');
            return text.StartsWith("\\", StringComparison.Ordinal) ? null : SafeLink.Of((blank < 0 ? text : text[..blank]).ToString());
        }
    }
}

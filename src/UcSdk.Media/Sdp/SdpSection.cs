using System.Net;

namespace UcSdk.Media;

/// <summary>What the session level and each media level of a description have in common: lines in order, and typed views over them.</summary>
public abstract class SdpSection
{
    private protected SdpSection(IEnumerable<SdpLine> lines) => Lines = [.. lines];

    /// <summary>All lines of this level, in order; of a media level without its <c>m=</c> line.</summary>
    public IReadOnlyList<SdpLine> Lines { get; }

    /// <summary>The address of the <c>c=</c> line (RFC 4566 §5.7), or null when there is none or it is not an IP address.</summary>
    public IPAddress? ConnectionAddress => FindLine('c') is { } value ? SdpText.ParseConnection(value) : null;

    /// <summary>The direction attribute of this level (RFC 4566 §6), or null when none is given.</summary>
    public MediaDirection? Direction
    {
        get
        {
            foreach (var line in Lines)
            {
                if (line.Type == 'a' && MediaDirectionText.TryParse(line.Value, out var direction))
                {
                    return direction;
                }
            }

            return null;
        }
    }

    /// <summary>The value of the first attribute of that name: empty for a flag, null when there is none.</summary>
    /// <param name="name">The name, compared without case.</param>
    /// <returns>The value.</returns>
    public string? FindAttribute(string name)
    {
        foreach (var line in Lines)
        {
            if (line.IsAttribute(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The values of all attributes of that name, in order.</summary>
    /// <param name="name">The name, compared without case.</param>
    /// <returns>The values.</returns>
    public IEnumerable<string> FindAttributes(string name)
    {
        foreach (var line in Lines)
        {
            if (line.IsAttribute(name, out var value))
            {
                yield return value;
            }
        }
    }

    /// <summary>The value of the first line of that type, or null when there is none.</summary>
    /// <param name="type">The letter before the equals sign.</param>
    /// <returns>The value.</returns>
    public string? FindLine(char type)
    {
        foreach (var line in Lines)
        {
            if (line.Type == type)
            {
                return line.Value;
            }
        }

        return null;
    }
}

namespace UcSdk.Media;

/// <summary>One line of a session description, kept whether or not anything here understands it (RFC 4566 §5).</summary>
/// <param name="Type">The letter before the equals sign.</param>
/// <param name="Value">The text after it.</param>
public readonly record struct SdpLine(char Type, string Value)
{
    /// <summary>Whether the line holds a master key, which no log may show.</summary>
    private bool IsSecret => Type == 'a'
        && (Value.StartsWith("crypto:", StringComparison.OrdinalIgnoreCase)
            || Value.StartsWith("cryptoscale:", StringComparison.OrdinalIgnoreCase)
            || Value.StartsWith("ice-pwd:", StringComparison.OrdinalIgnoreCase))
        || Type == 'k';

    /// <summary>An attribute line: <c>a=name:value</c>, or <c>a=name</c> when there is no value.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value, or null for a flag.</param>
    /// <returns>The line.</returns>
    public static SdpLine Attribute(string name, string? value = null) => new('a', value is null ? name : $"{name}:{value}");

    /// <summary>Whether the line is the attribute of that name (compared without case), and its value: empty for a flag.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>True when it is.</returns>
    public bool IsAttribute(string name, out string value)
    {
        value = "";
        if (Type != 'a' || !Value.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (Value.Length == name.Length)
        {
            return true;
        }

        if (Value[name.Length] != ':')
        {
            return false;
        }

        value = Value[(name.Length + 1)..];
        return true;
    }

    /// <summary>The line for a log: keys are not shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsSecret ? $"{Type}={Value.Split(':')[0]}:[redacted]" : $"{Type}={Value}";
}

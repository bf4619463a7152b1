namespace UcSdk.Sip;

/// <summary>One header field as it stands in a message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, unfolded, without surrounding blanks.</param>
public readonly record struct SipHeader(HeaderName Name, string Value)
{
    /// <summary><c>Name: Value</c>.</summary>
    public override string ToString() => $"{Name}: {Value}";
}

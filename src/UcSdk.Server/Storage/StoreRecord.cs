namespace UcSdk.Server;

/// <summary>One thing that an <see cref="IServerStore"/> keeps for a user.</summary>
/// <param name="User">The user's address, e.g. <c>sip:alice@contoso.test</c>, in the one spelling that the server uses.</param>
/// <param name="Kind">What it is; the server's own kinds are small letters and hyphens, e.g. <c>contact</c>.</param>
/// <param name="Key">Which of this user and kind it is; may be empty.</param>
/// <param name="Content">The thing itself, opaque to the store; not to be changed any more.</param>
public sealed record StoreRecord(string User, string Kind, string Key, ReadOnlyMemory<byte> Content)
{
    /// <summary>The kind and the length; never whose it is or what it holds.</summary>
    public override string ToString() => $"{Kind} of {Content.Length} bytes";
}

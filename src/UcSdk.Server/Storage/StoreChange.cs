namespace UcSdk.Server;

/// <summary>A change of what an <see cref="IServerStore"/> keeps.</summary>
/// <param name="User">The user's address.</param>
/// <param name="Kind">The kind of the record.</param>
/// <param name="Key">Which of this user and kind it is.</param>
/// <param name="Content">What the record is from now on, whether there was one or not; null when there is to be none.</param>
public sealed record StoreChange(string User, string Kind, string Key, ReadOnlyMemory<byte>? Content)
{
    /// <summary>What is done to which kind; never whose it is or what it holds.</summary>
    public override string ToString() => Content is { } content ? $"{Kind} of {content.Length} bytes" : $"no {Kind}";
}

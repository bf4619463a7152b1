namespace UcSdk;

/// <summary>What a web server has answered, whole.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">What it calls them, without parameters; empty when it does not say.</param>
internal sealed record WebAnswer(ReadOnlyMemory<byte> Body, string ContentType);

namespace UcSdk.Media;

/// <summary>One effect of a step of the media core. A datagram belongs to the core and is valid until the core's next step.</summary>
internal readonly record struct MediaEffect(MediaEffectKind Kind, ReadOnlyMemory<byte> Datagram = default);

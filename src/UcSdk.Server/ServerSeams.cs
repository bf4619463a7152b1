namespace UcSdk.Server;

/// <summary>
/// Faults that tests build into the server, so that they can show that they would notice: a conversation test that still passes with one
/// of them switched on proves nothing.
/// </summary>
internal sealed record ServerSeams
{
    public static readonly ServerSeams None = new();

    /// <summary>Everybody hears themselves as well.</summary>
    public bool MixesOwnAudio { get; init; }

    /// <summary>The MCU's answer names another SRTP key than the one it uses.</summary>
    public bool AnswersWithWrongKey { get; init; }

    /// <summary>The MCU's answer names a codec that was not offered.</summary>
    public bool AnswersWithoutCommonCodec { get; init; }

    /// <summary>The status with which the MCU refuses everybody.</summary>
    public int? McuRefusal { get; init; }

    /// <summary>The status with which the focus refuses everybody.</summary>
    public int? FocusRefusal { get; init; }
}

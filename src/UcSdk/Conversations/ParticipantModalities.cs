namespace UcSdk;

/// <summary>In which ways a participant takes part, as the roster tells it.</summary>
/// <param name="InstantMessage">Instant messages.</param>
/// <param name="AudioVideo">Audio and video.</param>
/// <param name="ApplicationSharing">Application sharing.</param>
/// <param name="ContentSharing">Content sharing.</param>
public sealed record ParticipantModalities(
    ModalityState InstantMessage, ModalityState AudioVideo, ModalityState ApplicationSharing, ModalityState ContentSharing)
{
    /// <summary>The state of one modality.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not exactly one modality.</exception>
    public ModalityState this[ModalityTypes type] => type switch
    {
        ModalityTypes.InstantMessage => InstantMessage,
        ModalityTypes.AudioVideo => AudioVideo,
        ModalityTypes.ApplicationSharing => ApplicationSharing,
        ModalityTypes.ContentSharing => ContentSharing,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "One modality is wanted."),
    };

    internal static ParticipantModalities None { get; } = new(default, default, default, default);
}

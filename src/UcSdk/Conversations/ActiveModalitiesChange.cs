namespace UcSdk;

/// <summary>The user began, or ceased, to talk in some way.</summary>
/// <param name="Previous">The ways that were connected.</param>
/// <param name="Current">The ways that are connected.</param>
public sealed record ActiveModalitiesChange(ModalityTypes Previous, ModalityTypes Current);

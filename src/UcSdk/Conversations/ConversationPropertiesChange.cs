namespace UcSdk;

/// <summary>Something about a conversation changed.</summary>
/// <param name="Previous">What was known.</param>
/// <param name="Current">What is known.</param>
public sealed record ConversationPropertiesChange(ConversationProperties Previous, ConversationProperties Current);

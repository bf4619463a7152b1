namespace UcSdk;

/// <summary>An application has said something, here or at somebody else's.</summary>
/// <param name="Context">What.</param>
/// <param name="Sender">Who of the conversation; the user where it was said here.</param>
/// <param name="Direction">Whether it was received, or sent here.</param>
/// <param name="IsInitial">Whether it was in the invitation by which the conversation began.</param>
/// <param name="When">The wall clock when it came or was sent.</param>
public sealed record ContextDataMessage(ContextData Context, Participant Sender, InstantMessageDirection Direction, bool IsInitial, DateTimeOffset When)
{
    /// <summary>Whether it was received, the media type and the length; never who or what.</summary>
    public override string ToString() => $"{Direction}{(IsInitial ? ", initial" : "")}: {Context}";
}

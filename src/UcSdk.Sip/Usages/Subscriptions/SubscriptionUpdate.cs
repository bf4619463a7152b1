namespace UcSdk.Sip;

/// <summary>What the application wants a standing subscription to say anew, and who waits for the answer.</summary>
/// <param name="ContentType">The type of both bodies.</param>
/// <param name="Body">What the SUBSCRIBE says that goes out now.</param>
/// <param name="RefreshBody">What refreshes say from then on, and a subscription that takes the place of this one.</param>
internal sealed record SubscriptionUpdate(string ContentType, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> RefreshBody)
{
    public TaskCompletionSource<SipResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

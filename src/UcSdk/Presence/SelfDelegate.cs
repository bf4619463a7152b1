namespace UcSdk;

/// <summary>Somebody who may act for the user ([MS-PRES] §2.2.2.10.1). Which calls the delegates get is said by <see cref="CallForwarding"/>.</summary>
/// <param name="Uri">Who, <c>sip:user@domain</c>.</param>
/// <param name="MayPublish">Whether it may publish presence for the user.</param>
/// <param name="MayRedelegate">Whether it may name further delegates.</param>
public sealed record SelfDelegate(string Uri, bool MayPublish, bool MayRedelegate)
{
    /// <summary>What it may do; never who.</summary>
    public override string ToString() => $"delegate, publish {MayPublish}, redelegate {MayRedelegate}";
}

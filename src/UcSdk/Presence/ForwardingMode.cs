namespace UcSdk;

/// <summary>What happens to a call besides, or instead of, the user's own endpoints ringing.</summary>
public enum ForwardingMode
{
    /// <summary>Only the user's own endpoints ring.</summary>
    Off,

    /// <summary>Calls go elsewhere at once.</summary>
    ForwardImmediately,

    /// <summary>Somebody else rings too.</summary>
    RingSimultaneously,
}

namespace UcSdk;

/// <summary>How often the contacts of a <see cref="ContactSubscription"/> are told anew; the numbers are those of the Lync SDK.</summary>
public enum ContactSubscriptionRefreshRate
{
    /// <summary>Once, now.</summary>
    None = 0,

    /// <summary>Now, and after each <see cref="LyncClientOptions.PresencePollInterval"/>.</summary>
    Low = 1,

    /// <summary>With each change, as it happens.</summary>
    High = 2,
}

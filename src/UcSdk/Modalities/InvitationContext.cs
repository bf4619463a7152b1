namespace UcSdk;

/// <summary>What an application says to whom it invites, beside the message: which customer is on the line, say ([MS-SIPRE] §2.2.20).</summary>
public sealed record InvitationContext
{
    /// <summary>How many characters it may have: 4096.</summary>
    public const int MaxLength = 4096;

    /// <summary>Context as it is sent.</summary>
    /// <param name="data">What to say; not empty.</param>
    /// <param name="dataFormat">Its media type; default <c>text/plain</c>.</param>
    /// <exception cref="ArgumentException">One of them is empty, or the data is longer than <see cref="MaxLength"/>.</exception>
    public InvitationContext(string data, string dataFormat = "text/plain")
    {
        ArgumentException.ThrowIfNullOrEmpty(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(dataFormat);
        if (data.Length > MaxLength)
        {
            throw new ArgumentException($"The context of an invitation has at most {MaxLength} characters.", nameof(data));
        }

        Data = data;
        DataFormat = dataFormat;
    }

    /// <summary>What is said.</summary>
    public string Data { get; }

    /// <summary>Its media type.</summary>
    public string DataFormat { get; }

    /// <summary>Which application says it, by whatever the two have agreed on; null, the default, when not said. Only clients of this library see it.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The media type and the length; never what is said.</summary>
    public override string ToString() => $"{DataFormat}, {Data.Length} characters";
}

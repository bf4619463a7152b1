namespace UcSdk;

/// <summary>What an application says to whom it invites, beside the message: which customer is on the line, say ([MS-SIPRE] §2.2.20).</summary>
public sealed record InvitationContext
{
    /// <summary>How many characters it may have: 4096.</summary>
    public const int MaxLength = 4096;

    /// <summary>Context as it is sent.</summary>
    /// <param name="data">What to say; not empty, and nothing that XML cannot carry (XML 1.0 §2.2).</param>
    /// <param name="dataFormat">Its media type, at most <see cref="ContextData.MaxNameLength"/> characters; default <c>text/plain</c>.</param>
    /// <exception cref="ArgumentException">One of them is empty, too long, or cannot be carried.</exception>
    public InvitationContext(string data, string dataFormat = "text/plain")
    {
        ContextData.Require(data, MaxLength, nameof(data));
        ContextData.Require(dataFormat, ContextData.MaxNameLength, nameof(dataFormat));
        Data = data;
        DataFormat = dataFormat;
    }

    /// <summary>What is said.</summary>
    public string Data { get; }

    /// <summary>Its media type.</summary>
    public string DataFormat { get; }

    /// <summary>Which application says it, by whatever the two have agreed on; null, the default, when not said. Only clients of this library see it.</summary>
    /// <exception cref="ArgumentException">It is empty, longer than <see cref="ContextData.MaxNameLength"/>, or cannot be carried.</exception>
    public string? ApplicationId
    {
        get;
        init
        {
            if (value is not null)
            {
                ContextData.Require(value, ContextData.MaxNameLength, nameof(ApplicationId));
            }

            field = value;
        }
    }

    /// <summary>The media type and the length; never what is said.</summary>
    public override string ToString() => $"{DataFormat}, {Data.Length} characters";
}

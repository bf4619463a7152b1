using System.Xml;

namespace UcSdk;

/// <summary>What an application says to the same application of the others in a conversation (<see cref="Conversation.SendContextDataAsync"/>).</summary>
public sealed record ContextData
{
    /// <summary>How many characters the data may have: 16 384. Servers limit the whole SIP message to 64 KiB.</summary>
    public const int MaxLength = 16_384;

    /// <summary>How many characters the application's id and the media type may have, each: 256.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Data as it is sent.</summary>
    /// <param name="applicationId">Which application, by whatever the two have agreed on: a GUID, say. Not empty.</param>
    /// <param name="dataFormat">The media type of the data, e.g. <c>application/json</c>; not empty.</param>
    /// <param name="data">What to say; not empty, and nothing that XML cannot carry (XML 1.0 §2.2).</param>
    /// <exception cref="ArgumentException">One of them is empty, too long, or cannot be carried.</exception>
    public ContextData(string applicationId, string dataFormat, string data)
    {
        Require(applicationId, MaxNameLength, nameof(applicationId));
        Require(dataFormat, MaxNameLength, nameof(dataFormat));
        Require(data, MaxLength, nameof(data));
        ApplicationId = applicationId;
        DataFormat = dataFormat;
        Data = data;
    }

    /// <summary>Which application.</summary>
    public string ApplicationId { get; }

    /// <summary>The media type of the data.</summary>
    public string DataFormat { get; }

    /// <summary>What is said.</summary>
    public string Data { get; }

    /// <summary>The media type and the length; never what is said.</summary>
    public override string ToString() => $"{DataFormat}, {Data.Length} characters";

    /// <summary>Data as it came; null where it is none, or too much.</summary>
    internal static ContextData? TryCreate(string? applicationId, string? dataFormat, string? data) =>
        !string.IsNullOrWhiteSpace(applicationId) && applicationId.Length <= MaxNameLength && !string.IsNullOrWhiteSpace(data) && data.Length <= MaxLength
        && dataFormat is not { Length: > MaxNameLength }
            ? new(applicationId, string.IsNullOrWhiteSpace(dataFormat) ? Documents.ContentTypes.PlainText : dataFormat, data)
            : null;

    /// <exception cref="ArgumentException">The text is blank, too long, or nothing that XML can carry.</exception>
    internal static void Require(string text, int maxLength, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > maxLength)
        {
            throw new ArgumentException($"At most {maxLength} characters are wanted.", name);
        }

        try
        {
            XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            throw new ArgumentException("It has characters that XML cannot carry.", name);
        }
    }
}

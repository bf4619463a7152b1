namespace UcSdk;

/// <summary>Something of the user on its way to others, of each of whom is said what became of it.</summary>
internal abstract class OutgoingDelivery(string[] recipients)
{
    private HashSet<string>? _departed;

    public string[] Recipients { get; private protected set; } = recipients;

    /// <summary>Whether somebody has left the conference since it was given to be sent; the conference's report says nothing of them where they had left before it came there.</summary>
    public bool HasDeparted(string uri) => _departed?.Contains(uri) ?? false;

    /// <summary>Somebody has left the conference.</summary>
    public void Depart(string uri) => (_departed ??= new(StringComparer.OrdinalIgnoreCase)).Add(uri);
}

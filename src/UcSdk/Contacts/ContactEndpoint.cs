namespace UcSdk;

/// <summary>An address at which a contact can be reached.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Uri">The address: <c>sip:</c> or <c>tel:</c>.</param>
/// <param name="DisplayName">The number as its owner writes it, or the address.</param>
public sealed record ContactEndpoint(ContactEndpointType Type, string Uri, string DisplayName)
{
    /// <summary>Whether a conversation with these modalities can begin there: telephones have audio only.</summary>
    /// <param name="modalities">The modalities, at least one.</param>
    public bool CanStart(ModalityTypes modalities) => modalities != ModalityTypes.None && (Type == ContactEndpointType.Lync || modalities == ModalityTypes.AudioVideo);

    /// <summary>The kind; never the address, which is user data.</summary>
    public override string ToString() => $"{Type}";
}

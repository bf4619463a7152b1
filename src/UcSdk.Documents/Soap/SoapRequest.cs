using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>
/// What a SERVICE request asks for by SOAP (<see cref="ContentTypes.Soap"/>): a <see cref="ContactListCommand"/> ([MS-SIP] §2.2.4.2), a
/// <see cref="DirectorySearchRequest"/> ([MS-PRES] §2.2.1), or an <see cref="UnknownSoapRequest"/>.
/// </summary>
public abstract record SoapRequest : DocumentPart
{
    private const string Rule = "[MS-SIP] §2.2.4.2";

    private protected SoapRequest()
    {
    }

    /// <summary>The name of the request's element.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a request.</summary>
    /// <returns>False when the body is not a SOAP envelope with something in it, or a known request lacks what it must say.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SoapRequest? request,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        request = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        var read = Read(contents, scope);
        error = scope.Error;
        request = scope.Failed ? null : read;
        return request is not null;
    }

    /// <summary>The request as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(Write());

    /// <summary>The name of the request; never its content.</summary>
    public sealed override string ToString() => Name;

    internal abstract IEnumerable<DocumentElement> Write();

    private static SoapRequest Read(ValueList<DocumentElement> contents, DocumentScope scope)
    {
        var element = contents[0];
        scope.Path += $"/{element.Name}";
        return element.Name switch
        {
            AddGroupCommand.ElementName => AddGroupCommand.Read(element, scope),
            ModifyGroupCommand.ElementName => ModifyGroupCommand.Read(element, scope),
            DeleteGroupCommand.ElementName => DeleteGroupCommand.Read(element, scope),
            SetContactCommand.ElementName => SetContactCommand.Read(element, scope),
            DeleteContactCommand.ElementName => DeleteContactCommand.Read(element, scope),
            SetAceCommand.ElementName => SetAceCommand.Read(element, scope),
            DirectorySearchRequest.ElementName => DirectorySearchRequest.Read(contents, scope),
            _ => new UnknownSoapRequest(contents),
        };
    }
}

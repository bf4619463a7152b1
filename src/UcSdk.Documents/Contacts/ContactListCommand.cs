namespace UcSdk.Documents;

/// <summary>A change that a user asks for in their own contact list ([MS-SIP] §2.2.4.2, §3.7.4).</summary>
/// <param name="DeltaNumber">The version of the list that the change is made against; with any other than the current one it is refused.</param>
public abstract record ContactListCommand(uint DeltaNumber) : SoapRequest
{
    private protected static uint ReadDelta(DocumentElement element, DocumentScope scope) => ReadNumber(element, "deltaNum", scope);

    private protected static uint ReadNumber(DocumentElement element, string child, DocumentScope scope)
    {
        var number = DocumentScope.Number(scope.RequireChild(element, child).Text);
        if (number is null)
        {
            scope.Fail(child, "a number");
        }

        return number ?? 0;
    }

    // The specification writes the name of this element in small letters and its examples in capitals.
    private protected static string ReadUri(DocumentElement element, DocumentScope scope)
    {
        var uri = element.ChildText("URI") ?? element.ChildText("uri");
        if (string.IsNullOrEmpty(uri))
        {
            scope.Fail("URI", "an address");
            return "";
        }

        return ContactListContact.WithScheme(uri);
    }

    private protected ElementBuilder Start() => new(Namespaces.SipService, Name);

    private protected IEnumerable<DocumentElement> Finish(ElementBuilder element) =>
        [element.Leaf("deltaNum", ElementBuilder.Text(DeltaNumber)).Extensions(this).Build()];
}

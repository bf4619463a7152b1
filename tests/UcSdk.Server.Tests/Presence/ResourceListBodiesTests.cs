using System.Text;
using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>The multipart bodies of notifications about several users (RFC 4662 §5.1).</summary>
public sealed class ResourceListBodiesTests
{
    [Fact]
    public void Each_document_ends_with_an_empty_line_so_that_a_reader_that_cuts_four_bytes_off_cuts_none_of_its_own()
    {
        var list = new ResourceListNotification(new ResourceList("sip:alice@contoso.test", 0, true)) { Parts = [new("bob@contoso.test", ContentTypes.Categories, "<categories/>"u8.ToArray())] };
        var body = Encoding.ASCII.GetString(ResourceListBodies.Write(list, new RandomSource(1)).Body.Span);

        Assert.Contains("<categories/>\r\n\r\n--", body, StringComparison.Ordinal);
        Assert.Equal(2, body.Split(">\r\n\r\n--").Length - 1);
    }
}

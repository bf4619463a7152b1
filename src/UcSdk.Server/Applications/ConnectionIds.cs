using System.Globalization;
using System.Text;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The numbers that stand for connections in <c>ms-received-cid</c> ([MS-CONMGMT] §2.2.4): hexadecimal, never used twice.</summary>
internal sealed class ConnectionIds
{
    private readonly Dictionary<SipFlow, (string Id, byte[] Mark)> _ids = [];
    private uint _last;

    public int Count => _ids.Count;

    public string Of(SipFlow flow) => Find(flow).Id;

    /// <summary>All that is put behind the topmost Via of requests on the connection, from its first semicolon on.</summary>
    public byte[] MarkOf(SipFlow flow) => Find(flow).Mark;

    public void Forget(SipFlow flow) => _ids.Remove(flow);

    private (string Id, byte[] Mark) Find(SipFlow flow)
    {
        if (!_ids.TryGetValue(flow, out var known))
        {
            // Real servers count in steps of 100 hexadecimal; what matters is that the number is opaque and unique.
            _last += 0x100;
            var id = _last.ToString("X", CultureInfo.InvariantCulture);
            var mark = SipParameters.Empty.With("received", flow.Remote.Host)
                .With("ms-received-port", flow.Remote.Port.ToString(CultureInfo.InvariantCulture))
                .With("ms-received-cid", id);
            _ids.Add(flow, known = (id, Encoding.UTF8.GetBytes(mark.ToString())));
        }

        return known;
    }
}

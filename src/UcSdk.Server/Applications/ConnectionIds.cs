using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The numbers that stand for connections in <c>ms-received-cid</c> ([MS-CONMGMT] §2.2.4): hexadecimal, never used twice.</summary>
internal sealed class ConnectionIds
{
    private readonly Dictionary<SipFlow, string> _ids = [];
    private uint _last;

    public int Count => _ids.Count;

    public string Of(SipFlow flow)
    {
        if (!_ids.TryGetValue(flow, out var id))
        {
            // Real servers count in steps of 100 hexadecimal; what matters is that the number is opaque and unique.
            _last += 0x100;
            id = _last.ToString("X", CultureInfo.InvariantCulture);
            _ids.Add(flow, id);
        }

        return id;
    }

    public void Forget(SipFlow flow) => _ids.Remove(flow);
}

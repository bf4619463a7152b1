using System.Text.Json;
using System.Xml.Linq;

namespace UcSdk.Interop.Tests;

/// <summary>A capture file read through tshark, with the ports of the run decoded as what they carried.</summary>
internal sealed class Capture
{
    private readonly string _tshark;
    private readonly string[] _decoding;
    private readonly string _ofTheRun;

    /// <summary>All of a file, and nothing said about its ports.</summary>
    public Capture(string tshark, string file)
    {
        _tshark = tshark;
        _decoding = ["-r", file];
        _ofTheRun = "frame";
    }

    public Capture(string tshark, string file, JsonElement summary)
    {
        _tshark = tshark;
        var server = summary.GetProperty("server").GetString()!;
        var ports = summary.GetProperty("participants").EnumerateArray()
            .SelectMany(person => new[] { person.GetProperty("rtpLocal").GetString()!, person.GetProperty("rtpRemote").GetString()! })
            .Select(PortOf)
            .Distinct()
            .ToArray();
        _decoding = ["-r", file, "-d", $"tcp.port=={PortOf(server)},sip", .. ports.SelectMany(port => new[] { "-d", $"udp.port=={port},rtp" })];
        _ofTheRun = $"(tcp.port=={PortOf(server)} || udp.port in {{{string.Join(',', ports.Append(PortOf(server)))}}})";
    }

    /// <summary>One row of the wanted fields for every frame of the run that the display filter lets through; others use the loopback interface too.</summary>
    public async Task<IReadOnlyList<string[]>> ReadAsync(string filter, string[] fields, CancellationToken cancellationToken)
    {
        string[] arguments = [.. _decoding, "-Y", $"{_ofTheRun} && ({filter})", "-T", "fields", "-E", "occurrence=f", .. fields.SelectMany(field => new[] { "-e", field })];
        var output = await PeerProcess.RunAsync(_tshark, arguments, cancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    /// <summary>Every SIP message, also where several stand in one segment.</summary>
    public async Task<IReadOnlyList<CapturedSip>> ReadSipAsync(CancellationToken cancellationToken)
    {
        var pdml = XDocument.Parse(await PeerProcess.RunAsync(_tshark, [.. _decoding, "-Y", $"{_ofTheRun} && sip", "-T", "pdml"], cancellationToken));
        return [.. pdml.Descendants("packet").SelectMany(packet =>
        {
            var way = WayOf(packet);
            return packet.Elements("proto").Where(proto => proto.Attribute("name")?.Value == "sip").Select(proto => Read(proto, way));
        })];
    }

    private static string WayOf(XElement packet)
    {
        string Port(string end) => packet.Descendants("field").First(field => field.Attribute("name")?.Value is { } name && (name == "tcp." + end || name == "udp." + end)).Attribute("show")!.Value;
        return $"{Port("srcport")} → {Port("dstport")}";
    }

    private static CapturedSip Read(XElement proto, string way)
    {
        var fields = proto.Descendants("field").ToLookup(field => field.Attribute("name")?.Value ?? "", field => field.Attribute("show")?.Value ?? "");
        string First(string name) => fields[name].FirstOrDefault("");
        return new CapturedSip(
            First("sip.Call-ID"), First("sip.Method"), First("sip.Status-Code"), First("sip.CSeq.method"), First("sip.Content-Type"), First("sip.from.user"), First("sip.to.user"))
        {
            CSeq = First("sip.CSeq"),
            Way = way,
        };
    }

    private static string PortOf(string endpoint) => endpoint[(endpoint.LastIndexOf(':') + 1)..];
}

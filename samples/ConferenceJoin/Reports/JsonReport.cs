using System.Text;
using System.Text.Json;

namespace ConferenceJoin.Reports;

/// <summary>One JSON object on standard output at the end, nothing before it.</summary>
internal sealed class JsonReport(Stream output) : IReport
{
    public void Begin(MeetingStage stage)
    {
    }

    public void End(MeetingStage stage, TimeSpan elapsed)
    {
    }

    public void Step(string person, string step, int roundTrips, TimeSpan elapsed)
    {
    }

    public void StateChanged(string person, string thing, string from, string to, string reason)
    {
    }

    public void Roster(IReadOnlyList<RosterLine> lines)
    {
    }

    public async Task FinishAsync(MeetingResult result)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteBoolean("succeeded", result.Failure is null);
        if (result.Failure is { } failure)
        {
            json.WriteNumber("failedStage", (int)failure.Stage);
            json.WriteString("failure", failure.Message);
        }

        json.WriteString("server", result.Server);
        json.WriteString("conference", result.ConferenceUri);
        json.WriteString("recordings", result.RecordDirectory);
        WriteStages(json, result);
        WriteParticipants(json, result);
        WriteAudio(json, result);
        json.WriteString("ladder", result.Ladder);
        json.WriteEndObject();
        await json.FlushAsync();
        await output.WriteAsync(Encoding.UTF8.GetBytes(Environment.NewLine));
    }

    public async ValueTask DisposeAsync() => await output.FlushAsync();

    private static void WriteStages(Utf8JsonWriter json, MeetingResult result)
    {
        json.WriteStartArray("stages");
        foreach (var (stage, elapsed) in result.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("stage", (int)stage);
            json.WriteString("name", stage.ToString());
            json.WriteNumber("milliseconds", Math.Round(elapsed.TotalMilliseconds, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParticipants(Utf8JsonWriter json, MeetingResult result)
    {
        json.WriteStartArray("participants");
        foreach (var person in result.Participants)
        {
            json.WriteStartObject();
            json.WriteString("name", person.Name);
            json.WriteString("recording", person.Recording);
            json.WriteString("rtpLocal", person.RtpLocal);
            json.WriteString("rtpRemote", person.RtpRemote);
            json.WriteNumber("packetsSent", person.PacketsSent);
            json.WriteNumber("packetsReceived", person.PacketsReceived);
            json.WriteNumber("joinMilliseconds", Math.Round(person.JoinMilliseconds, 1));
            json.WriteNumber("joinRoundTrips", person.JoinRoundTrips);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAudio(Utf8JsonWriter json, MeetingResult result)
    {
        json.WriteStartArray("audio");
        foreach (var figure in result.Audio)
        {
            json.WriteStartObject();
            json.WriteString("listener", figure.Listener);
            json.WriteString("speaker", figure.Speaker);
            json.WriteNumber("correlation", Math.Round(figure.Correlation, 4));
            json.WriteNumber("lagMilliseconds", Math.Round(figure.Lag.TotalMilliseconds, 1));
            json.WriteBoolean("holds", figure.Holds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

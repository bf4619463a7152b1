using System.Globalization;
using UcSdk.Server;
using UcSdk.Sip;

namespace Lab;

/// <summary>
/// Lets another program do with the server what an administrator does: a command on each line of the input, an answer as one line of JSON on the output, and between
/// them a line for everything that happens to an endpoint.
/// </summary>
/// <param name="input">Where the commands come from.</param>
/// <param name="output">Where the lines go; it is written to from several threads, as <see cref="Console.Out"/> may be.</param>
internal sealed class LabControl(TextReader input, TextWriter output)
{
    private const string Usage =
        "endpoints [USER] | deregister USER [REASON] | disable USER | enable USER | move USER [tcp|tls://HOST:PORT] | registrar USER tcp|tls://HOST:PORT | "
        + "maintenance SECONDS|off | userservices on|off | restart | stop";

    /// <summary>Follows commands until one ends the server or the input is over.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends the wait for the next command.</param>
    public async Task<LabControlEnd> RunAsync(UcServer server, CancellationToken cancellationToken)
    {
        server.EndpointChanged += Tell;
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words)
            {
                case []:
                    break;
                case ["restart"]:
                    return LabControlEnd.Restart;
                case ["stop"]:
                    Answer(line);
                    return LabControlEnd.Stop;
                default:
                    await FollowAsync(server, line, words, cancellationToken);
                    break;
            }
        }

        return LabControlEnd.EndOfInput;
    }

    /// <summary>Says that a command was followed.</summary>
    public void Answer(string command, int? endpoints = null) => Write(new ControlAnswer(Ok: true, command) { Count = endpoints });

    private async Task FollowAsync(UcServer server, string line, string[] words, CancellationToken cancellationToken)
    {
        try
        {
            var answer = new ControlAnswer(Ok: true, line);
            switch (words)
            {
                case ["endpoints", .. var of] when of.Length <= 1:
                    answer = answer with { Endpoints = [.. (await server.GetEndpointsAsync(of.FirstOrDefault(), cancellationToken)).Select(ControlEndpoint.Of)] };
                    break;
                case ["deregister", var user]:
                    answer = answer with { Count = await server.DeregisterAsync(user, cancellationToken: cancellationToken) };
                    break;
                case ["deregister", var user, var word] when ReadReason(word) is { } reason:
                    answer = answer with { Count = await server.DeregisterAsync(user, reason, cancellationToken) };
                    break;
                case ["disable", var user]:
                    await server.DisableUserAsync(user, cancellationToken);
                    break;
                case ["enable", var user]:
                    await server.EnableUserAsync(user, cancellationToken);
                    break;
                case ["move", var user]:
                    await server.MoveUserAsync(user, null, cancellationToken: cancellationToken);
                    break;
                case ["move", var user, var text] when SipTransportAddress.TryParse(text, out var home):
                    await server.MoveUserAsync(user, home, cancellationToken: cancellationToken);
                    break;
                case ["registrar", var user, var text] when SipTransportAddress.TryParse(text, out var registrar):
                    await server.ChangeRegistrarAsync(user, registrar, cancellationToken);
                    break;
                case ["maintenance", "off"]:
                    await server.EndMaintenanceAsync(cancellationToken);
                    break;
                case ["maintenance", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
                    await server.BeginMaintenanceAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
                    break;
                case ["userservices", "on" or "off"]:
                    await server.SetUserServicesAsync(words[1] == "on", cancellationToken);
                    break;
                default:
                    answer = new ControlAnswer(Ok: false, line) { Error = Usage };
                    break;
            }

            Write(answer);
        }
        catch (ArgumentException mistake)
        {
            Write(new ControlAnswer(Ok: false, line) { Error = mistake.Message });
        }
    }

    // The words of [MS-SIPREGE] §2.2.1.13.
    private static DeregistrationReason? ReadReason(string word) => word switch
    {
        "unregistered" => DeregistrationReason.Unregistered,
        "rejected" => DeregistrationReason.Rejected,
        "deactivated" => DeregistrationReason.Deactivated,
        "userservices-unavailable" => DeregistrationReason.UserServicesUnavailable,
        "preferred-registrar-change" => DeregistrationReason.PreferredRegistrarChange,
        _ => null,
    };

    // A console cannot be asked to stop reading; nobody waits for it then.
    private Task<string?> ReadLineAsync(CancellationToken cancellationToken) => input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);

    private void Tell(EndpointChange change) => Write(new ControlEvent(change.Reason.ToString(), ControlEndpoint.Of(change.Endpoint)));

    private void Write(ControlAnswer answer) => WriteLine(System.Text.Json.JsonSerializer.Serialize(answer, ControlJson.Default.ControlAnswer));

    private void Write(ControlEvent happened) => WriteLine(System.Text.Json.JsonSerializer.Serialize(happened, ControlJson.Default.ControlEvent));

    private void WriteLine(string line) => output.WriteLine(line);
}

using System.Globalization;
using UcSdk;

namespace ConferenceJoin.Reports;

/// <summary>The words that all reports share.</summary>
internal static class Describe
{
    public static string Stage(MeetingStage stage) => stage switch
    {
        MeetingStage.StartServer => "start the embedded server",
        MeetingStage.SignIn => "sign everybody in",
        MeetingStage.CreateConference => "alice creates the conference and joins it",
        MeetingStage.Invite => "alice invites (dialog 1)",
        MeetingStage.JoinFocus => "the invited join the focus (dialog 2)",
        MeetingStage.JoinAudio => "the invited join the A/V MCU (dialog 3)",
        MeetingStage.Speak => "alice speaks, then bob",
        MeetingStage.Leave => "all leave and sign out",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };

    public static string JoinStage(ConferenceStage stage) => stage switch
    {
        ConferenceStage.Focus => "focus (dialog 2)",
        ConferenceStage.Roster => "roster",
        ConferenceStage.AudioVideo => "A/V MCU (dialog 3)",
        ConferenceStage.Media => "first packet",
        _ => stage.ToString(),
    };

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture) + " ms";

    public static string Figure(AudioFigure figure)
    {
        var value = figure.Correlation.ToString("F3", CultureInfo.InvariantCulture);
        var wanted = figure.IsOwn
            ? "own speech, at most " + AudioFigure.OwnAtMost.ToString("F1", CultureInfo.InvariantCulture)
            : "at least " + AudioFigure.HeardAtLeast.ToString("F1", CultureInfo.InvariantCulture);
        return $"{figure.Listener,-8} hears {figure.Speaker,-8} {value,7}  ({wanted}) {(figure.Holds ? "ok" : "WRONG")}";
    }

    public static string Outcome(MeetingResult result) => result.Failure is { } failure
        ? $"FAILED at stage {(int)failure.Stage} ({Stage(failure.Stage)}): {failure.Message}"
        : $"All eight stages held: {result.Participants.Count} people, {result.ConferenceUri}";
}

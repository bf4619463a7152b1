namespace UcSdk.Simulation.Tests;

/// <summary>One message as it was shown.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Sender">Who is said to have written it.</param>
/// <param name="Recipient">To whom it was shown.</param>
/// <param name="Host">At which of their machines.</param>
/// <param name="At">When.</param>
internal sealed record ShownMessage(string Text, string Sender, string Recipient, string Host, TimeSpan At);

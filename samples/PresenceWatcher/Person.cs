using UcSdk;

namespace PresenceWatcher;

/// <summary>Somebody as the sample shows him.</summary>
/// <param name="Uri">The address.</param>
/// <param name="Name">The name; the address where none is known.</param>
/// <param name="Groups">The groups of the contact list; <c>me</c> for the user.</param>
/// <param name="Availability">How available.</param>
/// <param name="Activity">Doing what; empty when nothing is said.</param>
/// <param name="Note">The note; empty when there is none.</param>
internal sealed record Person(string Uri, string Name, string Groups, ContactAvailability Availability, string Activity, string Note);

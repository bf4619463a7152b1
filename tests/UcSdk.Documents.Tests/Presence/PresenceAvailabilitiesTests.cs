namespace UcSdk.Documents.Tests;

public sealed class PresenceAvailabilitiesTests
{
    [Theory]
    [InlineData(0, 2999, PresenceAvailabilityClass.None)]
    [InlineData(3000, 4499, PresenceAvailabilityClass.Available)]
    [InlineData(4500, 5999, PresenceAvailabilityClass.AvailableIdle)]
    [InlineData(6000, 7499, PresenceAvailabilityClass.Busy)]
    [InlineData(7500, 8999, PresenceAvailabilityClass.BusyIdle)]
    [InlineData(9000, 11999, PresenceAvailabilityClass.DoNotDisturb)]
    [InlineData(12000, 14999, PresenceAvailabilityClass.BeRightBack)]
    [InlineData(15000, 17999, PresenceAvailabilityClass.Away)]
    [InlineData(18000, uint.MaxValue, PresenceAvailabilityClass.Offline)]
    public void A_number_means_what_its_range_means_and_the_published_number_is_in_the_range(uint first, uint last, PresenceAvailabilityClass meaning)
    {
        Assert.Equal(meaning, PresenceAvailabilities.ClassOf(first));
        Assert.Equal(meaning, PresenceAvailabilities.ClassOf(last));
        Assert.InRange(PresenceAvailabilities.Of(meaning), first, last);
    }
}

namespace Courier.Services.Conversations;

/// <summary>Where a customer can be answered.</summary>
/// <param name="Channel">Name of the channel: <c>wechat</c>, <c>phone</c>.</param>
/// <param name="AppId">The account of ours that the customer wrote to.</param>
/// <param name="Address">The customer's address there: for WeChat the OpenID.</param>
public sealed record ChannelAddress(string Channel, string AppId, string Address)
{
    private const string TelephoneName = "phone";

    /// <summary>The customer has called: there is no address of ours or theirs, answers go over whatever reaches the customer.</summary>
    public static ChannelAddress Telephone { get; } = new(TelephoneName, "", "");

    /// <summary>Is it the telephone?</summary>
    public bool IsTelephone => Channel == TelephoneName;
}

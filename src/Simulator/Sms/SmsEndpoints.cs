using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Courier.Simulator.Sms;

internal static class SmsEndpoints
{
    public static void MapSms(this IEndpointRouteBuilder group)
    {
        group.MapPost("/sms", Accept);
        group.MapGet("/sms/{phone}", (string phone, SmsStore store) => Results.Json(new
        {
            messages = store.Inbox(phone).Select(message => new { message.At, message.Text, message.Code }),
        }, Json.Wire));
    }

    static IResult Accept(SmsBody body, [FromHeader(Name = "Idempotency-Key")] string? key, SmsStore store, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(body.Phone) || string.IsNullOrWhiteSpace(body.Text))
            return Results.Problem(Texts.PhoneAndText, statusCode: StatusCodes.Status400BadRequest);
        return faults.Sms switch
        {
            SmsFault.Down => Results.Problem(Texts.SmsDown, statusCode: StatusCodes.Status503ServiceUnavailable),
            SmsFault.Refuse => Results.Problem(Texts.SmsRefused, statusCode: StatusCodes.Status422UnprocessableEntity),
            SmsFault.None => Results.Json(new { store.Accept(body.Phone.Trim(), body.Text, key).Id }, Json.Wire),
        };
    }

    internal sealed record SmsBody(string? Phone, string? Text);
}
